import { below, oneOf, type Random } from './random.ts';

/** Invented people in five scripts: given names are common words of their language, family names are made of syllables. */

type Words = readonly [string, ...string[]];
type Script = { readonly given: Words; readonly syllables: Words; readonly end: Words };

const LATIN: Script = {
  given: words(
    'Anna Ivana Maria Joan Wendel Fátima Carlos Olga Pedro Aïsha Lena Omar Nina Pavel Sára Tariq Júlia Viktor Amina Bruno Chloë Elena Felix Greta Hugo Irina Jonas Kateřina Łucja Žofie',
  ),
  syllables: words('ka ro mi ven sta lo bur gen dri van sho pe tor kov ber li na zu fer qua chi ham dor wil son el ax'),
  end: words('ski ova man dal escu ez sen ić ner low'),
};
const CYRILLIC: Script = {
  given: words('Анна Иван Мария Ольга Пётр Дмитрий Елена Ирина Виктор Георги Йордан Стоян Цветана Оксана Тарас'),
  syllables: words('ка ро ми вен ста ло бур ген дри ван шо пе тор ков бер ли на зу фер чи'),
  end: words('ов ева ский енко ин'),
};
const ARABIC: Script = {
  given: words('محمد فاطمة عمر ليلى يوسف مريم خالد سارة حسن نور أمينة طارق'),
  syllables: words('با را مي كن ست لو بر جن در فا شو تو حم'),
  end: words('ي ان اوي ون ار'),
};
const GREEK: Script = {
  given: words('Άννα Νίκος Μαρία Γιώργος Ελένη Κώστας Ειρήνη Πέτρος Σοφία Δημήτρης'),
  syllables: words('κα ρο μι βεν στα λο παπ γεν δρι θεο σω τορ'),
  end: words('όπουλος ίδης άκης έας'),
};
const HAN: Script = {
  given: words('伟 芳 娜 秀英 敏 静 丽 强 磊 军 洋 勇'),
  syllables: words('王 李 张 刘 陈 杨 黄 赵 吴 周 欧阳 司马'),
  end: [''],
};

const OTHERS: readonly [Script, ...Script[]] = [CYRILLIC, CYRILLIC, ARABIC, GREEK, HAN];

export type Naming = { readonly name: string; readonly aliases: readonly string[] };

/** A name in Latin letters or, for one in four, in another script; and now and then other names. */
export function personNaming(random: Random): Naming {
  const script = random() < 0.25 ? oneOf(random, OTHERS) : LATIN;
  const aliases: string[] = [];
  if (random() < 0.3) aliases.push(fullName(random, script === LATIN ? oneOf(random, OTHERS) : LATIN));
  if (random() < 0.2) aliases.push(capital(syllables(random, LATIN, 2)));
  return { name: fullName(random, script), aliases };
}

export function companyName(random: Random): string {
  const suffix = oneOf(random, ['Ltd', 'GmbH', 'EOOD', 'SRL', 'Holding', 'Travel', 'Agency']);
  return `${familyName(random, LATIN)} ${familyName(random, LATIN)} ${suffix}`;
}

export function placeName(random: Random): string {
  return `${capital(syllables(random, LATIN, 2))}${oneOf(random, ['burg', 'ville', 'ovo', 'stad', 'minster', 'haven'])}`;
}

export function handle(random: Random): string {
  return `${syllables(random, LATIN, 3)}${below(random, 10_000)}`;
}

function fullName(random: Random, script: Script): string {
  if (script === HAN) return `${oneOf(random, HAN.syllables)}${oneOf(random, HAN.given)}`;
  return `${oneOf(random, script.given)} ${familyName(random, script)}`;
}

function familyName(random: Random, script: Script): string {
  return `${capital(syllables(random, script, 2 + below(random, 2)))}${oneOf(random, script.end)}`;
}

function syllables(random: Random, script: Script, count: number): string {
  let text = '';
  for (let i = 0; i < count; i += 1) text += oneOf(random, script.syllables);
  return text;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function words(text: string): Words {
  const [first = '', ...others] = text.split(' ');
  return [first, ...others];
}
