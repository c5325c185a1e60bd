import { changeAppearance, SIZES, useAppearance } from '../shell/appearance.js';
import { speak, useWords } from '../words/words.js';

interface ChoiceProps<T extends string> {
  readonly name: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, label: string, lang?: string])[];
  readonly onChoose: (value: T) => void;
}

/** One of a few, all of them in view. */
function Choice<T extends string>({ name, value, options, onChoose }: ChoiceProps<T>) {
  return (
    <fieldset className="choice">
      <legend>{name}</legend>
      <div>
        {options.map(([one, label, lang]) => (
          <label key={one} lang={lang}>
            <input type="radio" name={name} checked={one === value} onChange={() => onChoose(one)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** How the console looks and speaks on this device. */
export function Looks() {
  const { say, language } = useWords();
  const { size, contrast } = useAppearance();
  return (
    <section className="looks" aria-label={say('look.title')}>
      <Choice
        name={say('look.size')}
        value={size}
        options={SIZES.map((one) => [one, say(`look.${one}`)])}
        onChoose={(one) => changeAppearance({ size: one })}
      />
      <Choice
        name={say('look.contrast')}
        value={contrast}
        options={[
          ['normal', say('look.contrastNormal')],
          ['high', say('look.contrastHigh')],
        ]}
        onChoose={(one) => changeAppearance({ contrast: one })}
      />
      <Choice
        name={say('look.language')}
        value={language}
        options={[
          ['zh', say('look.zh'), 'zh-CN'],
          ['en', say('look.en'), 'en'],
        ]}
        onChoose={(one) => void speak(one)}
      />
    </section>
  );
}
