/**
 * Vendors whose keys have no form of their own, from the rules of gitleaks and trufflehog: a random value that stands
 * right after such a name, or after it and one of `CREDENTIAL_PARTS`, is their credential. Names that are common words as
 * well (`linear`, `square`) are left out.
 */
export const VENDORS: ReadonlySet<string> = words(`
  adafruit adobe airtable algolia alibaba artifactory asana atlassian beamer bintray bitbucket bittrex braintree bugsnag
  checkout cloudflare cloudinary codecov cohere coinbase confluence confluent contentful contribsys datadog
  digitalocean discord doppler droneci dropbox easypost elevenlabs etsy facebook fastly finicity finnhub flickr
  flutterwave freshbooks freshdesk frameio gitter gocardless grafana heroku hubspot huggingface infracost
  instagram intercom jfrog jira kucoin launchdarkly linkedin mailchimp mailgun mailjet mapbox mattermost maxmind meraki
  messagebird mixpanel netlify newrelic nytimes okta openshift opsgenie pagerduty paypal planetscale plivo postmark
  privateai pulumi rapidapi razorpay rollbar rubygems scalingo sendbird sendgrid sendinblue sentry shippo shodan shopify
  sidekiq snyk sonar sonarqube sourcegraph squarespace sumo sumologic terraform travisci
  twitch twitter typeform yandex zendesk
`);

/** What may stand beside a vendor's name in the name of a credential that no other rule knows. */
const CREDENTIAL_PARTS: ReadonlySet<string> = words(`
  access id accessid sid login user username account app application bot client consumer customer org project api ca origin global
  prod production dev test live my the new old default main
`);

/** Each of these is no credential by itself: `github_id`, `stripe_customer_id`. */
const IDS: ReadonlySet<string> = words(
  'id sid username account app application client customer org project user',
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Whether a name is a vendor's and at most says besides that an access to it is meant. */
export function isVendorName(nameWords: readonly string[]): boolean {
  let vendor = false;
  for (const word of nameWords) {
    if (VENDORS.has(word)) vendor = true;
    else if (!CREDENTIAL_PARTS.has(word)) return false;
  }
  const last = nameWords[nameWords.length - 1] ?? '';
  return vendor && (!IDS.has(last) || nameWords[nameWords.length - 2] === 'access');
}
