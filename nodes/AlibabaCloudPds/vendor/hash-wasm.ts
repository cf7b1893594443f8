/**
 * The published package has no dependency but undici: the build puts hash-wasm's own file
 * `dist/sha1.umd.min.js` (MIT) in the place of this one, and its licence beside it.
 */
export { createSHA1, type IHasher } from 'hash-wasm';
