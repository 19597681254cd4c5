/** Input, state, output: the colours of every picture in the app. */
export function Logo(): React.JSX.Element {
  return (
    <svg className="logo" width="28" height="10" viewBox="0 0 28 10" aria-hidden>
      <rect x="0" y="1" width="8" height="8" rx="2.5" fill="var(--in)" />
      <rect x="10" y="1" width="8" height="8" rx="2.5" fill="var(--state)" />
      <rect x="20" y="1" width="8" height="8" rx="2.5" fill="var(--out)" />
    </svg>
  );
}
