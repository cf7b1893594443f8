import { createHash } from 'node:crypto';
import process from 'node:process';

import { CheckStatus } from '@stryker-mutator/api/check';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/**
 * A checker of Stryker that lets one in so many mutants through, chosen by what they change: the same
 * ones until the line they are in is changed.
 */
function oneIn() {
	const { ONE_IN = '1', SEED = '' } = process.env;
	const isChosen = ({ fileName, location, replacement }) => {
		const name = fileName.slice(fileName.search(/(?:nodes|credentials)\//));
		const text = JSON.stringify([SEED, name, location, replacement]);
		return createHash('sha256').update(text).digest().readUInt32BE() % Number(ONE_IN) === 0;
	};
	const notChosen = { status: CheckStatus.CompileError, reason: 'not in the sample' };
	return {
		init: async () => {},
		check: async (mutants) =>
			Object.fromEntries(
				mutants.map((mutant) => [
					mutant.id,
					isChosen(mutant) ? { status: CheckStatus.Passed } : notChosen,
				]),
			),
	};
}
oneIn.inject = [];

export const strykerPlugins = [declareFactoryPlugin(PluginKind.Checker, 'one-in', oneIn)];
