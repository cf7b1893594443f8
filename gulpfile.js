const { rm } = require('node:fs/promises');
const { src, dest, parallel } = require('gulp');

/** What an earlier build left, and a renamed source would leave for ever. */
const clean = async () => await rm('dist', { recursive: true, force: true });

/** TypeScript does not copy what it does not compile; n8n looks for both beside the compiled files. */
const copy = (patterns) => src(patterns, { base: '.', encoding: false }).pipe(dest('dist'));

const icons = () => copy(['nodes/**/*.{svg,png}', 'credentials/**/*.{svg,png}']);
const codex = () => copy('nodes/**/*.node.json');

exports.clean = clean;
exports.default = parallel(icons, codex);
