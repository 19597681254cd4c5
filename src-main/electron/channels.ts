/** The two channels between main and preload; nothing else listens. */
export const REQUEST_CHANNEL = 'unroll:request';
export const EVENT_CHANNEL = 'unroll:event';
