// Spans that hold every kind of value that their SDK takes. The seq of each is its `order.id`, when they end in this order.
const card = ['4111', '1111', '1111', '1111'].join('');

const nestedValues = {
  'order.map': { b: [1, 'two', null, { deep: true }], a: -0.5, '': 'no name' },
  'order.bytes': new Uint8Array([0, 255, 128]),
  'order.nothing': null,
};

exports.endOrderSpan = (tracer, id, { hasNestedValues }) => {
  const linked = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
  const span = tracer.startSpan(`order ${id}`, {
    kind: id % 5,
    links: [{ context: linked, attributes: { 'link.reason': 'retry', 'link.count': id } }],
    attributes: {
      'order.zone': 'zürich 🚆',
      'order.id': id,
      'order.total': id + 0.1,
      'order.zero': 0,
      'order.minus': -0,
      'order.large': 2 ** 53 - 1,
      'order.huge': 1e21,
      'order.not': Number.NaN,
      'order.empty': '',
      'order.paid': id % 2 === 0,
      'order.items': ['a', '', 'c'],
      'order.sizes': [1.5, -2, 3],
      'order.none': [],
      'order.note': id === 6 ? `paid with ${card}` : 'no note',
      ...(id === 8 && { api_key: 'planted, and found by its name' }),
      ...(hasNestedValues && nestedValues),
    },
  });
  span.addEvent('packed', { 'event.weight': 1.25, 'event.fragile': false });
  span.recordException(new TypeError('no such article'));
  span.setStatus(id % 3 === 0 ? { code: 2, message: 'sold out' } : { code: id % 3 });
  span.end();
};
