import { describe, expect, it } from '@jest/globals';
import { ListedNetworks, parseNetwork, reachOf } from './address-rule.js';

const none = new ListedNetworks([]);
const own = new ListedNetworks(['10.12.0.0/16', '127.0.0.1/32', 'fd00:12::/32']);

describe('the addresses a channel may connect to', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '169.253.255.255',
    '223.255.255.255',
    '2606:2800:220:1:248:1893:25c8:1946',
    '2400:3200::1',
    '::ffff:8.8.8.8',
  ])('%s is public', (address) => expect(reachOf(address, none)).toBe('public'));

  it.each([
    ['this host', '0.0.0.0'],
    ['this host', '127.0.0.1'],
    ['this host', '127.255.255.254'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['of a carrier', '100.64.0.1'],
    ['of a cloud’s own services', '169.254.169.254'],
    ['of a cloud’s own services', '100.100.100.200'],
    ['reserved', '192.0.0.8'],
    ['of documentation', '192.0.2.1'],
    ['of documentation', '203.0.113.9'],
    ['of benchmarks', '198.18.0.1'],
    ['of many', '224.0.0.1'],
    ['of all', '255.255.255.255'],
    ['this host', '::1'],
    ['none', '::'],
    ['this host, mapped', '::ffff:127.0.0.1'],
    ['private, mapped', '::ffff:10.0.0.1'],
    ['this host, mapped, in other digits', '::ffff:7f00:1'],
    ['this host, compatible', '::7f00:1'],
    ['through a translator', '64:ff9b::7f00:1'],
    ['through 6to4', '2002:7f00:1::'],
    ['through Teredo', '2001:0:4136:e378::1'],
    ['of documentation', '2001:db8::1'],
    ['local', 'fe80::1'],
    ['private', 'fd00::1'],
    ['of many', 'ff02::1'],
    ['no address', 'localhost'],
    ['no address', '127.1'],
    ['no address', '0x7f.0.0.1'],
    ['no address', ''],
  ])('%s, %s: is forbidden', (_, address) => expect(reachOf(address, none)).toBe('forbidden'));

  it.each(['10.12.0.1', '10.12.255.255', '127.0.0.1', '::ffff:10.12.3.4', 'fd00:12::1'])(
    '%s is listed by the operator',
    (address) => expect(reachOf(address, own)).toBe('listed'),
  );

  it.each(['10.13.0.1', '127.0.0.2', 'fd00:13::1', '169.254.169.254'])(
    '%s lies beside what the operator listed',
    (address) => expect(reachOf(address, own)).toBe('forbidden'),
  );

  it.each(['10.12.0.0', '10.12.0.0/33', 'fd00::/129', 'intranet/8', '', '/8'])('%s is no network', (text) => {
    expect(parseNetwork(text)).toBeUndefined();
    expect(() => new ListedNetworks([text])).toThrow(RangeError);
  });
});
