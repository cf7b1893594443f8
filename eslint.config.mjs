import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** What is published; n8n's scanner looks at the same files. */
const PUBLISHED = ['nodes/**/*.ts', 'credentials/**/*.ts'];

const official = n8nCommunityNodesPlugin.configs.recommended;

/** The rules of one of n8n-nodes-base's sets. */
const nodesBase = (name) => n8nNodesBase.configs[name].rules;

/** Rooms with a barrel: what is inside is not imported past it. */
const BARRELS = 'binary|errors|execution|listSearch|oss|service|transport';

/**
 * A room of the code imports only from rooms below it (docs/development.md).
 *
 * @param room the files of the room
 * @param below what it may import from outside of it, as the beginning of the path after `../`
 */
const room = (room, below) => ({
	files: [room],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{
						regex: `^\\.\\./(?!${below})`,
						message: 'A room imports only from rooms below it: see docs/development.md.',
					},
					{
						regex: `(?:^|/)(?:${BARRELS})/[^/]+$`,
						message: 'Import from the index of the room.',
					},
				],
			},
		],
	},
});

/** Files that lie beside rooms. */
const beside = (files, forbidden) => ({
	files: [files],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{ regex: forbidden, message: 'A room imports only from rooms below it.' },
					{ regex: `(?:^|/)(?:${BARRELS})/[^/]+$`, message: 'Import from the index of the room.' },
				],
			},
		],
	},
});

/** What holds everywhere comes first, then the rooms from the bottom to the top. */
const ROOMS = [
	beside('nodes/DingTalkKnowledgeBase/**/*.ts', 'AlibabaCloudPds|credentials/'),
	beside('nodes/AlibabaCloudPds/**/*.ts', 'DingTalkKnowledgeBase|credentials/'),
	room('nodes/shared/transport/**/*.ts', 'web-address$'),
	room('nodes/shared/errors/**/*.ts', 'transport$'),
	beside(
		'nodes/shared/*.ts',
		'^\\./(?:binary|oss|service|execution|descriptions|listSearch)|\\.\\./',
	),
	room('nodes/shared/binary/**/*.ts', '(?:transport|errors|json|options)$'),
	room('nodes/shared/oss/**/*.ts', '(?:transport|errors|binary|vendor/|[a-z-]+$)'),
	room('nodes/shared/service/**/*.ts', '(?!binary|oss|execution|descriptions)[a-z-]+$'),
	room('nodes/shared/execution/**/*.ts', '(?!service|descriptions)[a-z-]+$'),
	room('nodes/shared/descriptions/**/*.ts', '(?:errors|parameter)$'),
	room('nodes/shared/listSearch/**/*.ts', 'errors$'),
	room('nodes/*/api/**/*.ts', '\\.\\./shared/(?!execution|descriptions)'),
	room('nodes/*/inputs/**/*.ts', '(?:\\.\\./shared/(?!execution)|api/)'),
];

export default tseslint.config(
	{ ignores: ['dist/', '.cache/', 'node_modules/', 'test/n8n/server*/'] },
	js.configs.recommended,
	tseslint.configs.recommended,
	{
		files: ['gulpfile.js'],
		languageOptions: { globals: { require: 'readonly', exports: 'writable' } },
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
	{ ...official, files: [...PUBLISHED, 'package.json'] },
	{
		files: PUBLISHED,
		rules: {
			'no-console': 'error',
			'no-restricted-syntax': [
				'error',
				{
					selector:
						'NewExpression[callee.name="UploadError"] Property[key.name="code"][value.type="Literal"]',
					message: 'The codes of own errors have a type: use ownError.',
				},
			],
		},
	},
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: {
			...nodesBase('community'),
			'@typescript-eslint/no-unused-expressions': 'off',
			// The HTTP client of the transport is undici; n8n's own helper buffers, has no keep-alive and
			// cannot tell a slow upload from a dead one.
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
		},
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...nodesBase('credentials'),
			// Off in n8n's own configuration too: the community rules above know better.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...nodesBase('nodes'),
			// Off in n8n's own configuration too.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	...ROOMS,
	{
		files: ['nodes/shared/transport/**/*.ts'],
		rules: {
			// The one room that may know undici and Node.js; everything above goes through it.
			'@n8n/community-nodes/no-restricted-imports': 'off',
		},
	},
);
