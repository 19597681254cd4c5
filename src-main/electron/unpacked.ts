/**
 * Where a file lies that the packaging leaves beside `app.asar`, because threads and the engine read it without Electron's help: see `asarUnpack` in
 * electron-builder.config.ts. The same place where nothing is packed.
 */
export function unpacked(place: URL): URL {
  return new URL(place.href.replace('/app.asar/', '/app.asar.unpacked/'));
}
