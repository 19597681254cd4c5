/** The channels between main and preload; nothing else listens. */
export const REQUEST_CHANNEL = 'unroll:request';
export const EVENT_CHANNEL = 'unroll:event';
/** Paths of dropped files, which the preload alone can know. */
export const DROP_CHANNEL = 'unroll:drop';
