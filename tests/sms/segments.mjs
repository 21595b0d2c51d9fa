// Reads a JSON list of texts, and writes for each how many segments Twilio's calculator counts, and in which encoding.
import { text } from "node:stream/consumers";
import calculator from "sms-segments-calculator";

const counted = JSON.parse(await text(process.stdin)).map((body) => {
  const message = new calculator.SegmentedMessage(body);
  return [message.segmentsCount, message.encodingName];
});
process.stdout.write(JSON.stringify(counted));
