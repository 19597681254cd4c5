import { connect } from 'node:net';

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends bytes as they are and reads until the host closes or `enough` bytes of a response are there. */
export function exchangeBytes(port: number, bytes: string, patience = 2000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    const timer = setTimeout(() => socket.destroy(), patience);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(received);
    });
    socket.on('timeout', reject);
    socket.write(bytes);
  });
}

/** One request with exactly these header lines; nothing is added but `Connection: close`. */
export async function rawRequest(port: number, requestLine: string, headers: readonly string[]): Promise<RawResponse> {
  const closing = headers.some((line) => /^connection:/iu.test(line)) ? [] : ['Connection: close'];
  const text = await exchangeBytes(port, [`${requestLine} HTTP/1.1`, ...headers, ...closing, '', ''].join('\r\n'));
  return parseResponse(text);
}

export function parseResponse(text: string): RawResponse {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end === -1 ? undefined : end).split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  return { status: Number(first.split(' ')[1] ?? Number.NaN), headers, body: end === -1 ? '' : text.slice(end + 4) };
}
