import { ExternalLink } from 'lucide-react';
import Markdown, { type Components } from 'react-markdown';
import { mayOpenExternally } from '../../../src-engine/document/external-links.ts';

/** A link to a site that is not on the list is its words and its address; a picture is its description. Nothing is loaded. */
const components: Components = {
  a: ({ href = '', children }) =>
    mayOpenExternally(href) ? (
      <a href={href} target="_blank" rel="noreferrer noopener">
        {children}
        <ExternalLink className="icon-s" aria-hidden />
      </a>
    ) : (
      <span className="lesson-address">
        {children} ({href})
      </span>
    ),
  img: ({ alt = '' }) => <span>{alt}</span>,
  // Under the heading of the step.
  h1: ({ children }) => <h4>{children}</h4>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h4>{children}</h4>,
};

/** The Markdown of a lesson, which anybody may have written: HTML in it stays text. */
export function LessonText({ text }: { readonly text: string }): React.JSX.Element {
  return (
    <div className="lesson-text">
      <Markdown components={components} urlTransform={asWritten}>
        {text}
      </Markdown>
    </div>
  );
}

/** The components above judge the address. */
function asWritten(address: string): string {
  return address;
}
