import { BlockList, isIP } from 'node:net';

/** Address blocks that are nobody's on the public Internet. Source: IANA special-purpose registries, RFC 6890 and its updates. */
const SPECIAL_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Of IPv6 only 2000::/3 is public, without what carries IPv4 in it or documents something. */
const PUBLIC_6 = ['2000::', 3] as const;
const SPECIAL_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [net, bits] of SPECIAL_4) special.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of SPECIAL_6) special.addSubnet(net, bits, 'ipv6');
const publicSix = new BlockList();
publicSix.addSubnet(...PUBLIC_6, 'ipv6');

/** `listed`: in a network the operator named; `public`: on the Internet; `forbidden`: anything else, and what is no address. */
export type Reach = 'public' | 'listed' | 'forbidden';

/** Networks an operator named, like `10.12.0.0/16` or `127.0.0.1/32`. */
export class ListedNetworks {
  readonly #list = new BlockList();

  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const { address, bits, family } = parseNetwork(network) ?? {};
      if (address === undefined || bits === undefined || family === undefined)
        throw new RangeError(`${network} is no network like 10.12.0.0/16`);
      this.#list.addSubnet(address, bits, family);
    }
  }

  has(address: string, family: 'ipv4' | 'ipv6'): boolean {
    return this.#list.check(address, family);
  }
}

/** Reads a network in CIDR form; undefined when it is none. */
export function parseNetwork(
  text: string,
): { readonly address: string; readonly bits: number; readonly family: 'ipv4' | 'ipv6' } | undefined {
  const [, address = '', prefix = ''] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text) ?? [];
  const kind = isIP(address);
  const bits = Number(prefix);
  if (kind === 0 || bits > (kind === 4 ? 32 : 128)) return undefined;
  return { address, bits, family: kind === 4 ? 'ipv4' : 'ipv6' };
}

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Whether a channel may connect to an address: the Internet, or a network the operator listed, and nothing else, so that no name
 * leads it to this machine, its neighbours or a cloud's own services.
 */
export function reachOf(address: string, networks: ListedNetworks): Reach {
  const four = MAPPED.exec(address)?.[1] ?? address;
  const kind = isIP(four);
  if (kind === 0) return 'forbidden';
  const family = kind === 4 ? 'ipv4' : 'ipv6';
  if (networks.has(four, family)) return 'listed';
  const isPublic = kind === 4 ? true : publicSix.check(four, 'ipv6');
  return isPublic && !special.check(four, family) ? 'public' : 'forbidden';
}
