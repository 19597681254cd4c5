/** Weights from a file, on their way to the session that opens the document they are for. */
export interface GivenWeights {
  /** Base64, as `model.import` gives them, for the document as it is now. */
  readonly give: (weights: string) => void;
  /** What an opening asks for besides. */
  readonly forOpening: () => { readonly weights?: string };
  /** The session has opened the document: whether it could use them or not, they are not given again. */
  readonly done: () => void;
}

export function createGivenWeights(document: () => { readonly id: string }): GivenWeights {
  let given: { readonly weights: string; readonly document: string } | null = null;
  return {
    give: (weights) => {
      given = { weights, document: document().id };
    },
    forOpening: () => (given?.document === document().id ? { weights: given.weights } : {}),
    done: () => {
      given = null;
    },
  };
}
