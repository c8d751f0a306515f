import ad from '@tabler/icons/outline/ad-2.svg?raw';
import at from '@tabler/icons/outline/at.svg?raw';
import bank from '@tabler/icons/outline/building-bank.svg?raw';
import building from '@tabler/icons/outline/building.svg?raw';
import calendar from '@tabler/icons/outline/calendar-event.svg?raw';
import car from '@tabler/icons/outline/car.svg?raw';
import cash from '@tabler/icons/outline/cash.svg?raw';
import device from '@tabler/icons/outline/device-mobile.svg?raw';
import help from '@tabler/icons/outline/help-hexagon.svg?raw';
import id from '@tabler/icons/outline/id.svg?raw';
import mail from '@tabler/icons/outline/mail.svg?raw';
import pin from '@tabler/icons/outline/map-pin.svg?raw';
import route from '@tabler/icons/outline/route.svg?raw';
import ship from '@tabler/icons/outline/ship.svg?raw';
import spy from '@tabler/icons/outline/spy.svg?raw';
import userExclamation from '@tabler/icons/outline/user-exclamation.svg?raw';
import userHeart from '@tabler/icons/outline/user-heart.svg?raw';
import user from '@tabler/icons/outline/user.svg?raw';

/** The icons that the catalogue names, as text: the chart draws them from here, and so does everything beside it. */
const ICONS: Readonly<Record<string, string>> = {
  'ad-2': ad,
  'at': at,
  'building': building,
  'building-bank': bank,
  'calendar-event': calendar,
  'car': car,
  'cash': cash,
  'device-mobile': device,
  'help-hexagon': help,
  'id': id,
  'mail': mail,
  'map-pin': pin,
  'route': route,
  'ship': ship,
  'spy': spy,
  'user': user,
  'user-exclamation': userExclamation,
  'user-heart': userHeart,
};

/** An icon of the catalogue in one ink, as an address for images; an icon that we do not have is a question mark. */
export function iconUri(icon: string, ink: string): string {
  const svg = (ICONS[icon] ?? help)
    .replaceAll('currentColor', ink)
    .replace('stroke-width="2"', 'stroke-width="1.75"')
    .replace(/class="[^"]*"/, '')
    .replace('width="24"', 'width="48"')
    .replace('height="24"', 'height="48"');
  return svgUri(svg);
}

/** A memo: the same drawing has the same address for as long as the page lives. There are as many as kinds, inks and badges. */
const ADDRESSES = new Map<string, string>();

/**
 * An SVG drawing as an address for images. A short one: the chart hashes the addresses of every node whenever its style is computed, and a
 * drawing written out in the address cost more than everything else together.
 */
export function svgUri(svg: string): string {
  const known = ADDRESSES.get(svg);
  if (known !== undefined) return known;
  const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  ADDRESSES.set(svg, made);
  return made;
}
