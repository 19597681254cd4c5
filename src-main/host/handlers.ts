import type { Replies, RequestName, RequestOf } from '../contract.ts';

/** An answer to each request of the contract. A handler gets a parsed argument and throws ProblemError for the user's mistakes. */
export type Handlers = { readonly [N in RequestName]: (argument: RequestOf<N>) => Promise<Replies[N]> };
