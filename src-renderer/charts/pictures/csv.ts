type Field = string | number | null;

/** A table with a header; numbers in full, those that are not finite by name, null as an empty field. Ends of lines as RFC 4180 wants them. */
export function csvText(header: readonly string[], rows: readonly (readonly Field[])[]): string {
  return [header, ...rows].map((row) => `${row.map(fieldText).join(',')}\r\n`).join('');
}

function fieldText(field: Field): string {
  if (field === null) return '';
  // Of a text, what a spreadsheet would take for a formula is quoted and begins with an apostrophe.
  if (typeof field === 'number') return String(field);
  const safe = /^[=+\-@\t\r]/u.test(field) && Number.isNaN(Number(field)) && !/^-?Infinity$/u.test(field) ? `'${field}` : field;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
