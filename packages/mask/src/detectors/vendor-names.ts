import { wordSet } from '../words-and-plurals.js';

/**
 * Vendors whose keys have no form of their own, from the rules of gitleaks and trufflehog: a random value that stands
 * right after such a name, or after it and one of `CREDENTIAL_PARTS`, is their credential. Names that are common words as
 * well (`linear`, `square`) are left out.
 */
export const VENDORS: ReadonlySet<string> = wordSet(`
  abuseipdb accuweather adafruit adobe adzuna aeroworkflow airbrake airtable airvisual aiven alconost algolia alibaba
  alienvault ambee anthropic apify apilayer appcues appoptics artifactory asana assemblyai atlassian autodesk aviationstack
  ayrshare bannerbear baremetrics beamer betterstack bintray bitbucket bitfinex bitmex bittrex blazemeter borgbase braintree
  brandfetch browserstack budibase bugherd bugsnag buildkite buttercms calendly calorieninja censys chartmogul checkout
  circleci clarifai clearbit clicksend clickup clockify cloudconvert cloudflare cloudimage cloudinary cloudmersive cloudsmith
  cloze codacy codeclimate codecov codemagic cohere coinapi coinbase coinlayer confluence confluent contentful contribsys
  convertkit coveralls crowdin cryptocompare currencycloud currencylayer datadog deepai deepgram deepseek diffbot
  digitalocean discord disqus dockerhub docusign doppler dovico droneci dropbox dwolla easypost elasticemail elevenlabs etsy
  eventbrite facebook faceplusplus fastly finage finicity finnhub flickr flutterwave foursquare frameio freshbooks freshdesk
  fullstory geoapify geocodio getresponse gitter gocanvas gocardless grafana groq gtmetrix gumroad happyscribe hasura
  hellosign helpscout heroku honeycomb hubspot huggingface infracost infura insightly instagram instamojo intercom
  invoiceocean ipapi ipgeolocation ipinfo ipstack jfrog jira jotform jumpcloud kanbantool keenio klaviyo klipfolio kucoin
  langfuse langsmith launchdarkly lemlist lemonsqueezy lendflow linkedin liveagent locationiq loggly logzio lokalise luno
  magicbell mailboxlayer mailchimp mailerlite mailgun mailjet mandrill mapbox mapquest marketstack mattermost maxmind
  meaningcloud mediastack meraki messagebird metaapi metabase mixmax mixpanel mockaroo moosend myfreshworks nethunt netlify
  newrelic newsapi nexmo ngrok nightfall nylas nytimes oanda okta onesignal opencage openshift openuv openweather
  openweathermap opsgenie optimizely pagarme pagerduty pandadoc paperform paymongo paypal paystack pdfshift pipedream
  pipedrive pixabay planetscale plivo podio poloniex postageapp postmark privateai pubnub pulumi pushbullet pusher qualaroo
  qubole rapidapi razorpay rebrandly ringcentral rocketreach rollbar rubygems runscope saucelabs scaleway scalingo scraperapi
  scrapfly scrapingant scrapingbee securitytrails sendbird sendgrid sendinblue sentry serpapi serpstack shippo shodan shopify
  shutterstock sidekiq signalwire sinch sirv smartsheet smartsheets smartystreets snipcart snyk sonar sonarqube sourcegraph
  splunk spoonacular squarespace statuscake storyblok storychief sumo sumologic supabase surveymonkey swiftype tailscale
  tallyfy taxjar telnyx terraform tiingo todoist tomtom travisci twilio twitch twitter typeform ubidots unsplash uptimerobot
  urlscan viewneo virustotal voiceflow vultr walkscore weatherbit weatherstack webex webflow websitepulse wepay wistia wrike
  yandex zapier zendesk zenrows zeplin zerobounce zerotier zoho zulip
  auth0 bitly braze civo clickhouse configcat couchbase databricks exoscale fivetran greptile infomaniak iterable kagi logrocket
  looker midtrans miro mistral openrouter perplexity pinecone posthog qdrant raygun stytch tinybird turso upstage upstash vercel voyageai
  wandb weaviate wiz workos xendit
`);

/** What may stand beside a vendor's name in the name of a credential that no other rule knows. */
const CREDENTIAL_PARTS: ReadonlySet<string> = wordSet(`
  access id accessid sid login user username account app application bot client consumer customer org project api ca origin global
  prod production dev test live my the new old default main
`);

/** Each of these is no credential by itself: `github_id`, `stripe_customer_id`. */
const IDS: ReadonlySet<string> = wordSet(
  'id sid username account app application client customer org project user',
);

/** Whether a name is a vendor's and at most says besides that an access to it is meant. */
export function isVendorName(nameWords: readonly string[]): boolean {
  // `gh_pat`: a personal access token.
  if (nameWords[nameWords.length - 1] === 'pat') return true;
  let vendor = false;
  for (const word of nameWords) {
    if (VENDORS.has(word)) vendor = true;
    else if (!CREDENTIAL_PARTS.has(word)) return false;
  }
  const last = nameWords[nameWords.length - 1] ?? '';
  return vendor && (!IDS.has(last) || nameWords[nameWords.length - 2] === 'access');
}
