import { describe, expect, it } from 'vitest';
import { encoderFor, type Fields, joinEntries, PADDING, padded, textTask, UNKNOWN } from '@/datasets';
import { splitText } from '@/datasets/text/encode';

describe('a text is cut', () => {
  it.each([
    ["I don't like it, at all!", "i don't like it , at all !"],
    ['It’s 2 o’clock; well–done', "it's 2 o'clock ; well done"],
    ['Très bon ...', 'très bon . . .'],
    ['  ', ''],
  ])('into words: %s', (text, words) => {
    expect(splitText(text, 'word').join(' ')).toBe(words);
  });

  it('into characters, whole ones', () => {
    expect(splitText('a😀b', 'character')).toEqual(['a', '😀', 'b']);
  });

  it('into sounds, at spaces', () => {
    expect(splitText(' HH  AH ', 'sound')).toEqual(['HH', 'AH']);
  });
});

describe('encoding', () => {
  const words = encoderFor('word', [PADDING, UNKNOWN, '.', 'good', 'tea', 'tres']);

  it('gives listed words their numbers, and others that of the unknown', () => {
    expect(words('Good tea. Bad coffee')).toEqual({
      indices: [3, 4, 2, 1, 1],
      symbols: ['good', 'tea', '.', 'bad', 'coffee'],
      unlisted: ['bad', 'coffee'],
    });
  });

  it('finds a word without its accents', () => {
    expect(words('Très').indices).toEqual([5]);
  });

  it('reads what it has joined as it was', () => {
    const entries = ['good', UNKNOWN, 'tea', '.', '.', 'tres'];
    expect(words(joinEntries(entries, 'word')).indices).toEqual([3, 1, 4, 2, 2, 5]);
  });

  it('takes no mark for a word, though one types it', () => {
    expect(encoderFor('sound', [PADDING, '<start>', 'B'])('<start> B').indices).toEqual([2]);
  });

  it('leaves out what is not listed where nothing stands for it', () => {
    const letters = encoderFor('character', [PADDING, 'a', 'B']);
    expect(letters('áAbB-')).toEqual({ indices: [1, 1, 2], symbols: ['á', 'A', 'B'], unlisted: ['b', '-'] });
  });

  it('is filled up and cut off to a length', () => {
    expect(padded([3, 4], 4)).toEqual([3, 4, 0, 0]);
    expect(padded([3, 4], 1)).toEqual([3]);
  });
});

describe('joining', () => {
  it('sets words as one reads them', () => {
    expect(joinEntries(['well', ',', UNKNOWN, 'tea', '.', '.', PADDING], 'word')).toBe('well, ▢ tea..');
    expect(joinEntries(['a', '\n', ' ', 'b'], 'character')).toBe('a\n b');
    expect(joinEntries(['<start>', 'B', 'AA', '<end>'], 'sound')).toBe('B AA');
  });
});

describe('what is learnt of a text', () => {
  const tokens = { kind: 'tokens', shape: [4], dtype: 'int32', vocabulary: { unit: 'word', size: 9 } } as const;
  const each = { kind: 'class', shape: [4], dtype: 'int32', classes: ['padding', 'a'] } as const;
  const cases: [string, Fields, object | null][] = [
    ['one class', { words: tokens, label: { ...each, shape: [] } }, { kind: 'label', text: 'words', target: 'label' }],
    ['a class a step', { words: tokens, tags: each }, { kind: 'tags', text: 'words', target: 'tags' }],
    [
      'what follows',
      { text: tokens, next: { ...each, made: { of: 'text', by: 'next' } } },
      { kind: 'continue', text: 'text', target: 'next' },
    ],
    [
      'another text',
      { source: tokens, before: { ...tokens, made: { of: 'answer', by: 'before' } }, answer: each },
      { kind: 'write', text: 'source', target: 'answer', written: 'before' },
    ],
    ['nothing, of pictures', { image: { kind: 'image', shape: [8, 8, 1], dtype: 'float32' }, label: each }, null],
    ['nothing, without classes', { words: tokens, stars: { kind: 'number', shape: [], dtype: 'float32' } }, null],
  ];
  it.each(cases)('is %s', (_, fields, task) => {
    expect(textTask(fields)).toEqual(task);
  });
});
