import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeBytes, parseResponse, rawRequest } from './raw-http.ts';
import { startWebFixture, type WebFixture } from './web-fixture.ts';

let web: WebFixture;
let cookie: string;
beforeAll(async () => {
  web = await startWebFixture();
  cookie = await web.cookie();
});
afterAll(() => web.close());

const get = (path: string, headers: readonly string[]) => rawRequest(web.port, `GET ${path}`, headers);

function expectSafeHeaders(headers: Readonly<Record<string, string>>): void {
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).not.toMatch(/unsafe-eval'(?<!wasm-unsafe-eval')/u);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  expect(headers).not.toHaveProperty('access-control-allow-origin');
}

describe('"A 192-bit launch token in the first URL, exchanged once for an HttpOnly SameSite=Strict cookie whose name holds the port, then dropped from the URL"', () => {
  it('exchanges a launch token once, for a strict cookie with the port in its name, and drops it from the address', async () => {
    const { search } = new URL(web.host.newAddress());
    expect(search.length).toBeGreaterThanOrEqual('?token='.length + 32);
    const first = await get(`/${search}`, [web.own]);
    expect(first).toMatchObject({ status: 303, headers: { location: '/', 'cache-control': 'no-store' } });
    expect(first.headers['set-cookie']).toMatch(new RegExp(`^unroll-${web.port}=[\\w-]{32}; Path=/; HttpOnly; SameSite=Strict$`, 'u'));
    expectSafeHeaders(first.headers);
    const second = await get(`/${search}`, [web.own]);
    expect(second.status).toBe(403);
    expect(second.headers).not.toHaveProperty('set-cookie');
    expect(second.body).toContain('Press Enter');
  });

  it('lets the browser that used the token open the same address again', async () => {
    const { search } = new URL(web.host.newAddress());
    const { headers } = await get(`/${search}`, [web.own]);
    const again = await get(`/${search}`, [web.own, `Cookie: ${headers['set-cookie']?.split(';')[0] ?? ''}`]);
    expect(again).toMatchObject({ status: 303, headers: { location: '/' } });
  });

  it('keeps earlier browsers in when a new address is asked for, and ends an unused token', async () => {
    const unused = new URL(web.host.newAddress()).search;
    const fresh = new URL(web.host.newAddress()).search;
    expect((await get(`/${unused}`, [web.own])).status).toBe(403);
    expect((await get(`/${fresh}`, [web.own])).status).toBe(303);
    expect((await get('/', [web.own, cookie])).status).toBe(200);
  });

  it('does not spend a token on HEAD', async () => {
    const { search } = new URL(web.host.newAddress());
    expect((await rawRequest(web.port, `HEAD /${search}`, [web.own])).status).toBe(403);
    expect((await get(`/${search}`, [web.own])).status).toBe(303);
  });

  it('shows nothing without a cookie, with a wrong one, or with one of another port', async () => {
    const stolen = cookie.replace(String(web.port), '1');
    for (const lines of [[], [`Cookie: unroll-${web.port}=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`], [stolen]]) {
      expect(await get('/', [web.own, ...lines])).toMatchObject({ status: 403 });
      expect(await get('/assets/index-AbCd1234.js', [web.own, ...lines])).toMatchObject({ status: 403 });
    }
  });

  it('loads the page again for a browser that came by a link on another site and so withheld its cookie', async () => {
    const reply = await get('/', [web.own, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate']);
    expect(reply).toMatchObject({ status: 200 });
    expect(reply.body).toContain('http-equiv="refresh"');
    expect(reply.body).not.toContain('<title>page');
  });
});

describe('"Exact Host allow-list before routing"; "state-changing requests need the exact Origin; a missing one is refused"; "header limits"', () => {
  it.each(['Host: evil.example', 'Host: 127.0.0.1', 'Host: 127.0.0.1:1', 'Host: [::1]:80', 'Host: 127.0.0.1.evil.example'])('a request to %s', async (host) => {
    const reply = await get('/', [host, cookie]);
    expect(reply.status).toBe(421);
    expectSafeHeaders(reply.headers);
  });

  it('a request with no Host, two of them, or a whole address as its path', async () => {
    expect((await get('/', [cookie])).status).toBe(400);
    expect((await get('/', [web.own, 'Host: evil.example', cookie])).status).toBe(400);
    expect((await get('http://evil.example/', [web.own, cookie])).status).toBe(400);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s without the exact Origin', async (method) => {
    for (const origin of [
      [],
      ['Origin: null'],
      ['Origin: http://evil.example'],
      [`Origin: https://127.0.0.1:${web.port}`],
      [`Origin: http://localhost:${web.port}`],
    ]) {
      expect((await rawRequest(web.port, `${method} /`, [web.own, cookie, ...origin])).status).toBe(403);
    }
    expect((await rawRequest(web.port, `${method} /`, [web.own, cookie, `Origin: http://127.0.0.1:${web.port}`])).status).toBe(405);
  });

  it('a body, before it is read', async () => {
    const reply = await rawRequest(web.port, 'POST /', [web.own, cookie, `Origin: http://127.0.0.1:${web.port}`, 'Content-Length: 999999999999']);
    expect(reply.status).toBe(413);
    expect((await rawRequest(web.port, 'POST /', [web.own, cookie, 'Transfer-Encoding: chunked'])).status).toBe(413);
  });

  it('headers without end and what is not HTTP; the host stays up', async () => {
    const long = parseResponse(await exchangeBytes(web.port, `GET / HTTP/1.1\r\n${web.own}\r\nX: ${'x'.repeat(64 * 1024)}\r\n\r\n`));
    expect(long.status).toBe(431);
    expectSafeHeaders(long.headers);
    const noise = parseResponse(await exchangeBytes(web.port, '\u0016\u0003\u0001\u0000\r\n\r\n'));
    expect(noise.status).toBe(400);
    expectSafeHeaders(noise.headers);
    expect((await get('/', [web.own, cookie])).status).toBe(200);
  });
});

describe('"No CORS; nosniff, no-referrer, CORP same-origin, the CSP above"; "Files … inside the chosen folder by real path"', () => {
  it('come with their type and every safety header; hashed ones may be kept for good', async () => {
    const page = await get('/', [web.own, cookie]);
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' } });
    expect(page.body).toContain('<title>page</title>');
    expectSafeHeaders(page.headers);
    expect(page.headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${web.port}`);
    const script = await get('/assets/index-AbCd1234.js', [web.own, cookie]);
    expect(script).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'private, max-age=31536000, immutable' },
    });
    const head = await rawRequest(web.port, 'HEAD /', [web.own, cookie]);
    expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-length': page.headers['content-length'] } });
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%252e%252e/secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '//secret.txt',
    '/link.txt',
    '/up/secret.txt',
    '/.hidden',
    '/%00',
    '/%',
    '/assets',
    '/assets/',
    '/no-such-file',
    '/C:/secret.txt',
  ])('never anything else: %s', async (path) => {
    const reply = await get(path, [web.own, cookie]);
    expect(reply.status).toBe(404);
    expect(reply.body).not.toContain('secret');
    expectSafeHeaders(reply.headers);
  });
});

it('"Exact Host allow-list": answers to localhost with the same care', async () => {
  const { search } = new URL(web.host.newAddress());
  const { headers } = await get(`/${search}`, [`Host: localhost:${web.port}`]);
  const page = await get('/', [`Host: localhost:${web.port}`, `Cookie: ${headers['set-cookie']?.split(';')[0] ?? ''}`]);
  expect(page.headers['content-security-policy']).toContain(`ws://localhost:${web.port}`);
});

it('"Binds 127.0.0.1" alone, and reports no bug in all of this', () => {
  expect(web.host.address).toBe('127.0.0.1');
  expect(web.bugs).toEqual([]);
});
