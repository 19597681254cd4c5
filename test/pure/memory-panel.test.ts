import { describe, expect, it } from 'vitest';
import type { MemoryPoint, MemoryReply } from '../../src-engine/session/protocol.ts';
import { memoryProgress, memoryReply } from '../../src-renderer/bridge/memory-schema.ts';
import { decaysOf, decayText, memoryText } from '../../src-renderer/panels/memory/memory-text.ts';

const point = (lag: number, accuracy: number, before: number | null, after: number | null): MemoryPoint => ({
  lag,
  accuracy,
  updates: 300,
  before: { factor: 0.5, halfLife: before },
  after: { factor: 0.9, halfLife: after },
  finite: true,
});

const found: MemoryReply = {
  cell: { kind: 'rnn', units: 48 },
  points: [point(8, 1, 0.8, 8.2), point(11, 1, 0.8, 9.3), point(12, 0.2, 0.84, 0.6), point(16, 0.1, 0.85, 2.7)],
  remembers: 11,
  collapsesAt: 12,
  chance: 0.125,
  threshold: 0.5625,
  ended: 'found',
  seconds: 1.5,
};

describe('how long a cell remembers, in words', () => {
  it('with the lag at which recall collapses and the half-life of the gradient beside it', () => {
    expect(memoryText(found)).toEqual({
      title: 'RNN, 48 units',
      sentence: 'Remembers up to 11 steps; at 12 recall collapses.',
      gradient: 'Its gradient halves every 0.8 steps before training, and halves every 9.3 steps once it recalls over 11 steps.',
      note: null,
    });
    expect(decaysOf(found)).toEqual({ before: found.points[3]!.before, after: found.points[1]!.after });
  });

  it('says what is not known where the search did not end', () => {
    const cut = (change: Partial<MemoryReply>) => memoryText({ ...found, ...change });
    expect(cut({ ended: 'longest', remembers: 128, collapsesAt: null }).sentence).toBe('Remembers 128 steps, the longest lag that was tried.');
    expect(cut({ ended: 'time', remembers: 8, collapsesAt: null })).toMatchObject({
      sentence: 'Remembers 8 steps or more.',
      note: 'The time was up before the end was found.',
    });
    expect(cut({ ended: 'cancelled', remembers: 8, collapsesAt: 16 })).toMatchObject({
      sentence: 'Remembers 8 steps or more, but not 16.',
      note: 'Cancelled before the end was found.',
    });
    expect(cut({ remembers: 0, collapsesAt: 1, points: [point(1, 0.1, null, null)] })).toMatchObject({
      sentence: 'Does not remember over a single step.',
      gradient: null,
    });
  });

  it('says of a gradient that grows how soon it doubles, and of one that hardly changes that it keeps its size', () => {
    expect(decayText({ factor: 1.1, halfLife: -7.3 })).toBe('doubles every 7.3 steps');
    expect(decayText({ factor: 0.5, halfLife: 1 })).toBe('halves every 1.0 step');
    expect(decayText({ factor: 1, halfLife: 44_000 })).toBe('keeps its size');
    expect(decayText({ factor: null, halfLife: null })).toBeNull();
  });

  it('comes off the wire as it went on', () => {
    expect(memoryReply.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
    const progress = { points: found.points, lag: 12, updates: 40, seconds: 0.7 };
    expect(memoryProgress.parse(JSON.parse(JSON.stringify(progress)))).toEqual(progress);
    expect(memoryReply.safeParse({ ...found, ended: 'sometime' }).success).toBe(false);
  });
});
