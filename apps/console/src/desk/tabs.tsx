import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';

interface Tab {
  readonly key: string;
  readonly label: string;
  readonly children: ReactNode;
}

interface TabsProps {
  readonly items: readonly Tab[];
  readonly name: string;
  /** Which one is shown, where that is decided from outside. */
  readonly shown?: string;
  readonly onShow?: (key: string) => void;
}

/**
 * Views of one thing, one at a time. Own, because Ant Design's hides those that do not fit behind a button no screen reader
 * expects in a list of tabs; these wrap. Left and right, Home and End as WAI-ARIA has it.
 */
export function Tabs({ items, name, shown, onShow }: TabsProps) {
  const id = useId();
  const [own, setOwn] = useState(items[0]?.key);
  const chosen = shown ?? own;
  const choose = (key: string): void => {
    setOwn(key);
    onShow?.(key);
  };
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const at = Math.max(
    0,
    items.findIndex(({ key }) => key === chosen),
  );
  const current = items[at];
  const move = (event: KeyboardEvent): void => {
    const last = items.length - 1;
    const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    const to = next === undefined ? undefined : items[next];
    if (to === undefined) return;
    event.preventDefault();
    choose(to.key);
    buttons.current.get(to.key)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={name} className="tabs" onKeyDown={move}>
        {items.map(({ key, label }) => (
          <button
            key={key}
            ref={(button) => {
              if (button !== null) buttons.current.set(key, button);
            }}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            aria-selected={key === current?.key}
            aria-controls={`${id}-panel`}
            tabIndex={key === current?.key ? 0 : -1}
            onClick={() => choose(key)}
          >
            {label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current?.key}`} tabIndex={0} className="panel">
        {current?.children}
      </div>
    </>
  );
}
