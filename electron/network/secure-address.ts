/**
 * The address of an exchange, if what is sent there cannot be read or answered by others on the way: https, or a server
 * on this machine. Null for any other.
 */
export function secureAddress(serverUrl: string): URL | null {
  if (!URL.canParse(serverUrl)) return null;
  const url = new URL(serverUrl);
  if (url.protocol === 'https:') return url;
  return url.protocol === 'http:' && isLoopback(url.hostname) ? url : null;
}

/** RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3, RFC 6761 section 6.3. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
