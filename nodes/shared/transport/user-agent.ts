/**
 * Identifies the caller in the logs of the services and of a company's proxies. A test compares the
 * version with package.json.
 */
export const USER_AGENT = 'n8n-nodes-dingtalk-knowledge-base/0.1.0';
