import { BlockList, isIP } from 'node:net';

type Family = 'ipv4' | 'ipv6';
type Range = readonly [network: string, prefix: number, family: Family];

/** Where clouds answer with credentials, and what belongs to one cable only. */
const NEVER = ranges([
  ['169.254.0.0', 16, 'ipv4'],
  ['fe80::', 10, 'ipv6'],
  ['fd00:ec2::254', 128, 'ipv6'],
  ['100.100.100.200', 32, 'ipv4'],
  ['192.0.0.192', 32, 'ipv4'],
  ['168.63.129.16', 32, 'ipv4'],
]);

/** This machine, private networks, and what is no single host or stands for another address. */
const PRIVATE = ranges([
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2001::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]);

/** Whether the hub may send to an IP address. IPv4 written as IPv6 is what it stands for. */
export function mayConnectTo(address: string, allowPrivate: boolean): boolean {
  const family = isIP(address);
  // Names come here resolved; what is neither is refused.
  if (family === 0) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  return !NEVER.check(address, type) && (allowPrivate || !PRIVATE.check(address, type));
}

function ranges(list: readonly Range[]): BlockList {
  const blocked = new BlockList();
  for (const [network, prefix, family] of list) blocked.addSubnet(network, prefix, family);
  return blocked;
}
