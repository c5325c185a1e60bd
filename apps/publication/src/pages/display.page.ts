import { type ComponentChildren, h } from 'preact';

/** Words of the switches in both languages of the frame. */
const WORDS = {
  zh: { size: '字号', sizes: ['标准', '大', '特大'], contrast: '对比度', contrasts: ['标准', '高对比'] },
  en: {
    size: 'Text size',
    sizes: ['standard', 'large', 'largest'],
    contrast: 'Contrast',
    contrasts: ['standard', 'high'],
  },
} as const;

const SIZES = ['a', 'b', 'c'] as const;

/**
 * Switches for the size of type and the contrast that work without any script: radio buttons the style looks at. They ask nothing of the site and
 * are forgotten with the page.
 */
export function displayView(language: 'zh' | 'en'): ComponentChildren {
  const words = WORDS[language];
  return h(
    'div',
    { class: 'display' },
    group(
      'size',
      words.size,
      words.sizes.map((text, index) => ({ id: `size-${SIZES[index] ?? ''}`, text })),
    ),
    group(
      'contrast',
      words.contrast,
      words.contrasts.map((text, index) => ({ id: `contrast-${SIZES[index] ?? ''}`, text })),
    ),
  );
}

function group(
  name: string,
  legend: string,
  choices: readonly { readonly id: string; readonly text: string }[],
): ComponentChildren {
  return h(
    'fieldset',
    null,
    h('legend', null, legend),
    choices.map(({ id, text }, index) =>
      h('label', null, h('input', { type: 'radio', name, id, defaultChecked: index === 0 }), text),
    ),
  );
}
