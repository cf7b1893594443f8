const { existsSync } = require('node:fs');
const { readdir, rm } = require('node:fs/promises');
const { join, relative } = require('node:path');
const { src, dest, parallel } = require('gulp');

/** TypeScript does not copy what it does not compile; n8n looks for both beside the compiled files. */
const copy = (patterns) => src(patterns, { base: '.', encoding: false }).pipe(dest('dist'));

const icons = () => copy(['nodes/**/*.{svg,png}', 'credentials/**/*.{svg,png}']);
const codex = () => copy('nodes/**/*.node.json');

const hasSource = (path) =>
	existsSync(path) || existsSync(path.replace(/\.(?:d\.ts|js\.map|js)$/, '.ts'));

/** A source that was removed or renamed would leave its compiled file in the package for ever. */
const prune = async () => {
	const entries = await readdir('dist', { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const paths = files.map((entry) => join(entry.path, entry.name));
	const stale = paths.filter((path) => !hasSource(relative('dist', path)));
	await Promise.all(stale.map(async (path) => await rm(path)));
};

exports.default = parallel(icons, codex, prune);
