import { nameWords } from './name-words.js';
import { SEGMENTED_LENGTH } from './secret-names.js';

const PERSONAL =
  /^(?:(?:user|customer|client|contact|person|patient|employee|enduser|billing|shipping|home|work|primary|my)_)*(?:e_?mail(?:_address)?|phone(?:_number)?|mobile(?:_number)?|telephone|fax|first_name|last_name|full_name|given_name|family_name|middle_name|maiden_name|surname|display_name|date_of_birth|birth_?date|birthday|dob|ssn|social_security_number|street|street_address|postal_address|home_address|post_?code|zip_?code|zip|passport_number|driver_?s?_license(?:_number)?|national_id|tax_id|gender|nationality|ip_address|client_ip|user_?name|login_name|nick_?name|address_line_?\d?|latitude|longitude|geo_location_(?:lat|lon)|geo_postal_code|place_of_birth|ethnicity|religion|marital_status|blood_type|medical_record_number|health_insurance_number|national_insurance_number|passport|driving_licen[cs]e(?:_number)?|cpf|curp|aadhaar(?:_number)?|pesel|nino)$/;
const CONVENTIONS: ReadonlySet<string> = new Set([
  'enduser.id',
  'user.name',
  'user.full_name',
  'user.email',
  'user.id',
  'client.address',
  'http.client_ip',
  'http.request.header.x-forwarded-for',
  'http.request.header.x-real-ip',
  'net.sock.peer.addr',
  'network.peer.address',
  'source.address',
]);

/** The rule of the preset `pii` that holds a name for personal data's, or undefined. */
export function personalNameRule(name: string): string | undefined {
  if (name.length > SEGMENTED_LENGTH) return undefined;
  if (CONVENTIONS.has(name.toLowerCase())) return 'personal-data';
  return PERSONAL.test(nameWords(name).join('_')) ? 'personal-data' : undefined;
}
