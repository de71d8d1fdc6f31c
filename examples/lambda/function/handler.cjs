// Nothing here knows of tracing.
exports.handler = async ({ order, email }) => {
  if (order === undefined) throw new Error(`no order for ${email}`);
  return { statusCode: 202, body: JSON.stringify({ order }) };
};
