/** The name of one copy in time of a cell or a parameter, the same in the window, in errors and in exports: `lstm1:t17`, `lstm1.backward:t3`. t counts from 1. */
export function copyName(path: string, t: number): string {
  return `${path}:t${t}`;
}
