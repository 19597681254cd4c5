import type { WebSocket } from 'ws';
import type { HeardEvent } from '../host/engine-event.ts';
import { holdEvent } from './hold-event.ts';

/** Bytes held, and bytes sent but not read, at which a window is cut off: it connects again when it can, and asks for the run as it then is. */
const CUT_OFF = { held: 32 * 1024 * 1024, unread: 256 * 1024 * 1024 } as const;
/** Bytes of an event that is text, about. */
const TEXT_BYTES = 256;

const BINARY_CODES = { losses: 1, probe: 2 } as const;

/**
 * The events on their way to one window. It confirms each bundle (the browser answers a ping by itself, after what it was sent before it); until then what
 * happens is held and joined. So a window that is slow, or whose machine is, hears less often and more at once, and its requests are answered without delay.
 */
export class EventLine {
  readonly #socket: WebSocket;
  #held: HeardEvent[] = [];
  #heldBytes = 0;
  #isUnconfirmed = false;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('pong', () => {
      this.#isUnconfirmed = false;
      this.#send();
    });
  }

  tell(event: HeardEvent): void {
    holdEvent(this.#held, event);
    this.#heldBytes += event.event === 'losses' ? event.payload.length : TEXT_BYTES;
    if (this.#heldBytes > CUT_OFF.held) this.#socket.terminate();
    else if (!this.#isUnconfirmed) this.#send();
  }

  /** The answer to a request, after all that happened before it. */
  reply(message: string): void {
    this.#send();
    this.#write(message);
  }

  #send(): void {
    if (this.#held.length === 0) return;
    const messages = encodeEvents(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    for (const message of messages) this.#write(message);
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#isUnconfirmed = true;
    this.#socket.ping(undefined, undefined, () => undefined);
  }

  #write(message: string | Uint8Array): void {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > CUT_OFF.unread) socket.terminate();
    else socket.send(message, () => undefined);
  }
}

/** Events as the socket carries them: bytes behind one byte of code; what lies between two of those as JSON text, one event or a list. */
function encodeEvents(events: readonly HeardEvent[]): readonly (string | Uint8Array)[] {
  const messages: (string | Uint8Array)[] = [];
  let texts: HeardEvent[] = [];
  const endText = (): void => {
    if (texts.length > 0) messages.push(JSON.stringify(texts.length === 1 ? texts[0] : texts));
    texts = [];
  };
  for (const event of events) {
    if (event.event === 'losses' || event.event === 'probe') {
      endText();
      messages.push(framed(BINARY_CODES[event.event], event.payload));
    } else texts.push(event);
  }
  endText();
  return messages;
}

function framed(code: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + payload.length);
  bytes[0] = code;
  bytes.set(payload, 1);
  return bytes;
}
