import { createContext, useContext } from 'react';
import type { RequestOf } from '../../src-main/contract.ts';
import type { Client } from '../bridge/client.ts';
import type { ParsedReply } from '../bridge/schemas.ts';

/** What may be asked of the opened model while it trains. */
type Question =
  | 'session.probes'
  | 'session.sample'
  | 'session.rankNext'
  | 'session.classify'
  | 'session.explain'
  | 'session.connectivity'
  | 'session.forecast'
  | 'session.states'
  | 'session.debug'
  | 'session.debugNode'
  | 'session.translate'
  | 'picture.save'
  | 'memory.measure'
  | 'memory.cancel';

export type Ask = <N extends Question>(name: N, argument: RequestOf<N>) => Promise<ParsedReply<N>>;

export function createAsk(client: Client): Ask {
  return (name, argument) => client.request(name, argument);
}

const AskContext = createContext<Ask | null>(null);

export const AskProvider = AskContext.Provider;

export function useAsk(): Ask {
  const ask = useContext(AskContext);
  if (ask === null) throw new Error('useAsk outside of AskProvider');
  return ask;
}
