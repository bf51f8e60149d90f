import type { Value } from "../data/columns.ts";
import { jobTitles, latinNames, otherScripts, places, streets } from "./names.ts";
import type { Random } from "./random.ts";

type Values = Record<string, Value>;

/** A made-up person's columns. `number` keeps mail addresses apart; mail goes to example.org, which no one reads. */
export function inventPerson(random: Random, number: number): Values {
  const names = random.chance(0.06) ? random.pick(otherScripts) : latinNames;
  const [firstname, gendercode] = random.pick(names.given);
  const lastname = random.pick(names.family);
  const place = random.pick(places);
  return {
    firstname,
    lastname,
    gendercode,
    jobtitle: random.pick(jobTitles),
    emailaddress1: mailAddress(firstname, lastname, number),
    telephone1: random.chance(0.7) ? phoneNumber(random, place.phone) : null,
    mobilephone: random.chance(0.85) ? phoneNumber(random, place.phone) : null,
    address1_line1: `${random.pick(streets)} ${1 + random.below(180)}`,
    address1_postalcode: place.postalCode,
    address1_city: place.city,
    address1_country: place.country,
    birthdate: `${1948 + random.below(55)}-${twoDigits(1 + random.below(12))}-${twoDigits(1 + random.below(28))}`,
    msnfp_contactaccountnumber: `M-${String(10_000 + number)}`,
    msnfp_primaryconstituenttype: random.chance(0.05) ? 844060002 : 844060004,
  };
}

/** A number in a range that is kept free for fiction where the country has one. */
export function phoneNumber(random: Random, prefix: string): string {
  return prefix + twoDigits(random.below(100));
}

/** A mail address in plain letters; names in other scripts become "member". */
function mailAddress(firstname: string, lastname: string, number: number): string {
  const plain = [firstname, lastname].map(plainLetters).filter(Boolean).join(".") || "member";
  return `${plain}.${number}@example.org`;
}

const LETTERS_WITHOUT_ACCENT: Record<string, string> = { ł: "l", đ: "d", ø: "o", ß: "ss", ı: "i" };

function plainLetters(name: string): string {
  const lower = name
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[łđøßı]/g, (letter) => {
      return LETTERS_WITHOUT_ACCENT[letter] ?? "";
    });
  return lower.replaceAll(/[^a-z]/g, "");
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
