import katex from 'katex';
import 'katex/dist/katex.min.css';
import { useEffect, useRef } from 'react';

/** Lines of TeX, typeset. Drawn through the DOM rather than as markup, which a strict content security policy allows. */
export function Equations({ lines }: { readonly lines: readonly string[] }) {
  return (
    <div className="equations">
      {lines.map((line) => (
        <Equation key={line} tex={line} />
      ))}
    </div>
  );
}

/** One line of TeX. */
export function Equation({ tex }: { readonly tex: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current !== null) katex.render(tex, place.current, { throwOnError: true, trust: false });
  }, [tex]);
  return <div ref={place} className="equation" />;
}
