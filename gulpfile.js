const { src, dest, parallel } = require('gulp');

/** TypeScript does not copy what it does not compile; n8n looks for both beside the compiled files. */
const copy = (patterns) => src(patterns, { base: '.', encoding: false }).pipe(dest('dist'));

const icons = () => copy(['nodes/**/*.{svg,png}', 'credentials/**/*.{svg,png}']);
const codex = () => copy('nodes/**/*.node.json');

exports.icons = icons;
exports.codex = codex;
exports.default = parallel(icons, codex);
