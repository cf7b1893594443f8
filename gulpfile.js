const { existsSync } = require('node:fs');
const { copyFile, readdir, rm } = require('node:fs/promises');
const { join, relative } = require('node:path');
const { build } = require('esbuild');
const { src, dest, parallel } = require('gulp');

/** TypeScript does not copy what it does not compile; n8n looks for both beside the compiled files. */
const copy = (patterns) => src(patterns, { base: '.', encoding: false }).pipe(dest('dist'));

const icons = () => copy(['nodes/**/*.{svg,png}', 'credentials/**/*.{svg,png}']);
const codex = () => copy('nodes/**/*.node.json');

/**
 * The published package has no dependency but undici, so what is used of hash-wasm takes the place of
 * the module that re-exports it. It looks for two globals that n8n's scanner forbids, and does without
 * what it would find there: the text encoder and Buffer.
 */
const VENDOR = 'nodes/shared/vendor';
const vendor = async () => {
	await build({
		entryPoints: [`${VENDOR}/hash-wasm.ts`],
		outfile: `dist/${VENDOR}/hash-wasm.js`,
		allowOverwrite: true,
		bundle: true,
		format: 'cjs',
		target: 'es2022',
		mainFields: ['module'],
		define: { globalThis: 'Object', global: 'Object' },
	});
	await copyFile(require.resolve('hash-wasm/LICENSE'), `dist/${VENDOR}/LICENSE`);
};

const hasSource = (path) =>
	existsSync(path) || existsSync(path.replace(/\.(?:d\.ts|js\.map|js)$/, '.ts'));

/** A source that was removed or renamed would leave its compiled file in the package for ever. */
const prune = async () => {
	const entries = await readdir('dist', { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const paths = files.map((entry) => join(entry.parentPath, entry.name));
	const isStale = (path) =>
		!path.startsWith(join('dist', VENDOR)) && !hasSource(relative('dist', path));
	const stale = paths.filter(isStale);
	await Promise.all(stale.map(async (path) => await rm(path)));
};

exports.default = parallel(icons, codex, vendor, prune);
