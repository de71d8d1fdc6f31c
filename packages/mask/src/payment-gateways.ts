import type { ServicePreset } from './service-preset.js';

/** APIs of payment gateways: of each, the hosts that take card data or credentials, live and test. */
export const paymentGateways: ServicePreset = {
  name: 'payments',
  hosts: [
    { service: 'stripe', host: /^(?:api|files|connect)\.stripe\.com$/ },
    {
      service: 'adyen',
      host: /^[a-z0-9-]{1,63}-(?:test|live)\.adyen\.com$|^[a-z0-9-]{1,63}\.adyenpayments\.com$/,
    },
    {
      service: 'braintree',
      host: /^(?:api\.(?:sandbox\.)?braintreegateway|payments\.(?:sandbox\.)?braintree-api)\.com$/,
    },
    {
      service: 'paypal',
      host: /^(?:(?:api|api-m|api-3t|svcs)\.(?:sandbox\.)?|(?:pilot-)?payflowpro\.)paypal\.com$/,
    },
    { service: 'square', host: /^(?:pci-)?connect\.squareup(?:sandbox)?\.com$/ },
    {
      service: 'checkout',
      host: /^(?:[a-z0-9]{1,32}\.)?(?:api|access|files|vault)\.(?:sandbox\.)?checkout\.com$/,
    },
    { service: 'worldpay', host: /^(?:secure|secure-test|access|try\.access|api)\.worldpay\.com$/ },
    { service: 'authorizenet', host: /^(?:api2?|apitest|secure2?|test)\.authorize\.net$/ },
    { service: 'mollie', host: /^api\.(?:cc\.)?mollie\.com$/ },
    { service: 'klarna', host: /^api(?:-na|-oc)?\.(?:playground\.)?klarna\.com$/ },
    { service: 'razorpay', host: /^api\.razorpay\.com$/ },
    {
      service: 'cybersource',
      host: /^(?:api|apitest)\.cybersource\.com$|^(?:ics2ws|ics2wsa|ics2wstest|ics2wstesta)\.ic3\.com$/,
    },
    { service: 'gocardless', host: /^api(?:-sandbox)?\.gocardless\.com$/ },
    { service: 'plaid', host: /^(?:production|development|sandbox)\.plaid\.com$/ },
    { service: 'paddle', host: /^(?:sandbox-)?api\.paddle\.com$/ },
  ],
};
