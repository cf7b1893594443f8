import { expect, it } from 'vitest';

import { USER_AGENT } from '../../../../nodes/shared/transport';
import { name, version } from '../../../../package.json';

it('the User-Agent has the name and the version of the package', () => {
	expect(USER_AGENT).toBe(`${name}/${version}`);
});
