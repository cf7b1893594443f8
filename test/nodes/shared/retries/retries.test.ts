import { apiRows } from './tables/api';
import { commitRows } from './tables/commit';
import { integrityRows } from './tables/integrity';
import { networkRows } from './tables/network';
import { poolRows } from './tables/pool';
import { storageRows } from './tables/storage';
import { waitRows } from './tables/waits';
import { testTables } from './support/rows';

/** The retries table of the documentation: a test for every row. */
testTables({
	'when the network fails': networkRows,
	'when the storage refuses a file': storageRows,
	'when DingTalk refuses a call': apiRows,
	'when the answer to a commit is lost': commitRows,
	'when a service asks to wait': waitRows,
	'when the bytes are not what they should be': integrityRows,
	'when one of several files fails': poolRows,
});
