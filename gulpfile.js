const { existsSync } = require('node:fs');
const { copyFile, readdir, rm } = require('node:fs/promises');
const { join, relative } = require('node:path');
const { src, dest, parallel } = require('gulp');

/** TypeScript does not copy what it does not compile; n8n looks for both beside the compiled files. */
const copy = (patterns) => src(patterns, { base: '.', encoding: false }).pipe(dest('dist'));

const icons = () => copy(['nodes/**/*.{svg,png}', 'credentials/**/*.{svg,png}']);
const codex = () => copy('nodes/**/*.node.json');

/**
 * The published package has no dependency but undici, so hash-wasm's own file takes the place of the
 * module that re-exports it.
 */
const VENDOR = 'dist/nodes/AlibabaCloudPds/vendor';
const vendor = async () => {
	await copyFile('node_modules/hash-wasm/dist/sha1.umd.min.js', join(VENDOR, 'hash-wasm.js'));
	await copyFile('node_modules/hash-wasm/LICENSE', join(VENDOR, 'LICENSE'));
};

const hasSource = (path) =>
	existsSync(path) || existsSync(path.replace(/\.(?:d\.ts|js\.map|js)$/, '.ts'));

/** A source that was removed or renamed would leave its compiled file in the package for ever. */
const prune = async () => {
	const entries = await readdir('dist', { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const paths = files.map((entry) => join(entry.parentPath, entry.name));
	const isStale = (path) => !path.startsWith(VENDOR) && !hasSource(relative('dist', path));
	const stale = paths.filter(isStale);
	await Promise.all(stale.map(async (path) => await rm(path)));
};

exports.default = parallel(icons, codex, vendor, prune);
