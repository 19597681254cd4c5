/** Column numbers to write under the picture: first, last and round ones between, far enough apart to read. */
export function columnTicks(columns: number, width: number): readonly number[] {
  const most = Math.max(2, Math.floor(width / 64));
  const step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000].find((each) => columns / each <= most) ?? columns;
  const ticks = [1];
  for (let tick = step; tick < columns - step / 2; tick += step) if (tick > 1 && tick - 1 >= step / 2) ticks.push(tick);
  if (columns > 1) ticks.push(columns);
  return ticks;
}
