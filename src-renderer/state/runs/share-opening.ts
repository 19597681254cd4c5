type Open = (key: string, keep: boolean) => Promise<boolean>;

/** One opening for each project: asked for again while it is under way, as by Train right after an edit, it is the same one. */
export function shareOpening(start: Open): { readonly open: Open; readonly forget: () => void } {
  let underWay: { readonly key: string; readonly done: Promise<boolean> } | null = null;
  return {
    open: (key, keep) => {
      if (underWay?.key === key) return underWay.done;
      const mine = { key, done: start(key, keep) };
      underWay = mine;
      void mine.done.finally(() => {
        if (underWay === mine) underWay = null;
      });
      return mine.done;
    },
    forget: () => {
      underWay = null;
    },
  };
}
