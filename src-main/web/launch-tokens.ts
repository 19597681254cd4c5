import { createHash, timingSafeEqual } from 'node:crypto';

/** 192 bits. */
const SECRET_BYTES = 24;

/**
 * Who may use this host. A launch token stands in the address that is printed and works once; in exchange the browser gets a
 * session secret for its cookie. Only digests are kept, and they are compared in constant time.
 */
export class LaunchTokens {
  readonly #randomBytes: (size: number) => Uint8Array;
  #launch: Buffer | null = null;
  readonly #sessions: Buffer[] = [];

  constructor(randomBytes: (size: number) => Uint8Array) {
    this.#randomBytes = randomBytes;
  }

  /** A new token; one that was not used yet stops working. */
  issue(): string {
    const token = this.#secret();
    this.#launch = digest(token);
    return token;
  }

  /** The session secret for a token; null where it is wrong or used. */
  exchange(token: string): string | null {
    if (this.#launch === null || !timingSafeEqual(this.#launch, digest(token))) return null;
    this.#launch = null;
    const secret = this.#secret();
    this.#sessions.push(digest(secret));
    return secret;
  }

  isSession(secret: string): boolean {
    const offered = digest(secret);
    let found = false;
    for (const session of this.#sessions) found = timingSafeEqual(session, offered) || found;
    return found;
  }

  #secret(): string {
    return Buffer.from(this.#randomBytes(SECRET_BYTES)).toString('base64url');
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
