/** Finds what is not UTF-8 in bytes that come in pieces (the decoder of the Encoding Standard, without its output). */
export class Utf8Check {
  #needed = 0;
  #lower = 0x80;
  #upper = 0xbf;

  /** Place of the first byte that cannot be; -1 where there is none. */
  add(bytes: Uint8Array): number {
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0;
      if (this.#needed === 0) {
        if (byte < 0x80) continue;
        if (!this.#begin(byte)) return index;
      } else {
        if (byte < this.#lower || byte > this.#upper) return index;
        this.#lower = 0x80;
        this.#upper = 0xbf;
        this.#needed -= 1;
      }
    }
    return -1;
  }

  /** True where the bytes end in the middle of a letter. */
  get open(): boolean {
    return this.#needed > 0;
  }

  #begin(byte: number): boolean {
    if (byte >= 0xc2 && byte <= 0xdf) this.#needed = 1;
    else if (byte >= 0xe0 && byte <= 0xef) {
      if (byte === 0xe0) this.#lower = 0xa0;
      if (byte === 0xed) this.#upper = 0x9f;
      this.#needed = 2;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      if (byte === 0xf0) this.#lower = 0x90;
      if (byte === 0xf4) this.#upper = 0x8f;
      this.#needed = 3;
    } else return false;
    return true;
  }
}
