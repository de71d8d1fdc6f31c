import type { NamePlace } from './content-rules.js';

/** Attribute keys that the preset `strict` lets through: low-cardinality facts of the conventions, no content. */
const LISTED =
  /^(?:rpc\.(?:system(?:\.name)?|service|method|grpc\.status_code|response\.status_code)|http\.(?:request\.method|method|response\.status_code|status_code|route|flavor|scheme|(?:request|response)\.(?:body\.)?size)|url\.(?:scheme|template)|network\.(?:protocol\.(?:name|version)|transport|type)|net\.transport|server\.(?:address|port)|net\.peer\.(?:name|port)|db\.(?:system(?:\.name)?|operation(?:\.name)?|collection\.name|namespace|name|response\.status_code|query\.summary)|messaging\.(?:system|operation(?:\.(?:name|type))?|batch\.message_count|destination\.(?:template|kind))|faas\.[a-z_]+|cloud\.(?:provider|platform|region|availability_zone|account\.id|resource_id)|error\.type|exception\.(?:type|escaped)|otel\.[a-z_.]+|service\.[a-z_.]+|telemetry\.[a-z_.]+|host\.(?:name|id|type|arch)|os\.(?:type|version)|process\.(?:pid|runtime\.[a-z]+)|container\.(?:id|name|image\.[a-z]+)|k8s\.[a-z]+\.(?:name|uid)|deployment\.environment(?:\.name)?|code\.(?:function(?:\.name)?|namespace|line\.number|lineno)|thread\.(?:id|name)|gen_ai\.(?:operation\.name|system|provider\.name|request\.model|response\.(?:model|finish_reasons)|usage\.[a-z_.]+|token\.type)|session\.id|enduser\.role|feature_flag\.(?:key|provider\.name)|spanseal\.[a-z._]+)$/;

/** The rule of the preset `strict` for a name: everything that is not listed, at the top and below. */
export function unlistedNameRule(name: string, place: NamePlace): string | undefined {
  return place === 'attribute' && LISTED.test(name) ? undefined : 'unlisted';
}
