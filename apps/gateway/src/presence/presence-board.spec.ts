import { describe, expect, it } from '@jest/globals';
import { PRESENT_FOR_MS, PresenceBoard } from './presence-board.js';

const NOW = 1000;

describe('who has a report open', () => {
  it('is everybody else who was heard of, at the chapter he was last at', () => {
    const board = new PresenceBoard();
    board.hear({ document: 'a', person: 'wang', chapter: 0 }, NOW);
    board.hear({ document: 'a', person: 'wang', chapter: 3 }, NOW);
    board.hear({ document: 'a', person: 'li', chapter: 1 }, NOW);
    board.hear({ document: 'b', person: 'zhao', chapter: 2 }, NOW);
    expect(board.others('a', 'li', NOW)).toEqual([{ person: 'wang', chapter: 3 }]);
    expect(board.others('a', 'nobody', NOW)).toHaveLength(2);
    expect(board.others('c', 'li', NOW)).toEqual([]);
  });

  it('is nobody who went, or of whom nothing was heard for long', () => {
    const board = new PresenceBoard();
    board.hear({ document: 'a', person: 'wang', chapter: 3 }, NOW);
    board.hear({ document: 'a', person: 'li', chapter: 3 }, NOW);
    board.hear({ document: 'a', person: 'li', chapter: null }, NOW);
    expect(board.others('a', 'me', NOW + PRESENT_FOR_MS - 1)).toEqual([{ person: 'wang', chapter: 3 }]);
    expect(board.others('a', 'me', NOW + PRESENT_FOR_MS)).toEqual([]);
  });
});
