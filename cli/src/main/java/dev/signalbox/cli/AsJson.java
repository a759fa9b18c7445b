package dev.signalbox.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.signalbox.client.GrantedPart;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SessionInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What programs read. The names are documented in docs/cli.md and do not change. */
final class AsJson {
  private AsJson() {}

  static JsonObject info(SemaphoreInfo info) {
    JsonObject json = new JsonObject();
    json.addProperty("name", info.name());
    json.addProperty("kind", info.kind().name().toLowerCase(Locale.ROOT));
    json.addProperty("count", info.count());
    json.addProperty("max", info.max());
    json.addProperty("held", info.held());
    json.addProperty("waiting", info.waiting());
    json.addProperty("debt", info.debt());
    json.addProperty("ownerOnly", info.ownerOnly());
    json.addProperty("numbered", info.numbered());
    json.addProperty("manualReset", info.manualReset());
    json.addProperty("abandoned", info.abandoned());
    info.refill()
        .ifPresent(refill -> {
          json.addProperty("refillPermits", refill.permits());
          json.addProperty("refillPeriodMillis", refill.period().toMillis());
        });
    info.idleTtl().ifPresent(ttl -> json.addProperty("idleTtlMillis", ttl.toMillis()));
    return json;
  }

  static JsonObject infoWithUsers(SemaphoreInfo info) {
    JsonObject json = info(info);
    json.add("holders", array(info.holders(), AsJson::holder));
    json.add("waiters", array(info.waiters(), AsJson::waiter));
    return json;
  }

  private static JsonObject holder(SemaphoreInfo.Holder holder) {
    return user(holder.sessionNumber(), holder.clientName(), holder.permits());
  }

  private static JsonObject waiter(SemaphoreInfo.Waiter waiter) {
    JsonObject json = user(waiter.sessionNumber(), waiter.clientName(), waiter.permits());
    json.addProperty("waitedMillis", waiter.waited().toMillis());
    return json;
  }

  private static JsonObject user(long session, String client, long permits) {
    JsonObject json = new JsonObject();
    json.addProperty("session", session);
    json.addProperty("client", client);
    json.addProperty("permits", permits);
    return json;
  }

  static JsonObject session(SessionInfo info) {
    JsonObject json = new JsonObject();
    json.addProperty("session", info.number());
    json.addProperty("client", info.clientName());
    json.addProperty("leaseMillis", info.lease().toMillis());
    json.addProperty("grants", info.grants());
    json.addProperty("permits", info.permits());
    json.addProperty("waiting", info.waiting());
    return json;
  }

  static JsonObject granted(String grant, List<GrantedPart> parts, Duration lease) {
    JsonObject json = new JsonObject();
    json.addProperty("granted", true);
    json.addProperty("grant", grant);
    json.addProperty("leaseMillis", lease.toMillis());
    json.add("parts", array(parts, AsJson::part));
    return json;
  }

  private static JsonObject part(GrantedPart part) {
    JsonObject json = new JsonObject();
    json.addProperty("name", part.semaphore());
    json.addProperty("permits", part.permits());
    json.addProperty("consumed", part.consumed());
    json.addProperty("abandoned", part.abandoned());
    json.add("slots", numbers(part.slots()));
    json.add("epochs", numbers(part.epochs()));
    return json;
  }

  private static JsonArray numbers(Collection<? extends Number> numbers) {
    JsonArray array = new JsonArray();
    numbers.forEach(array::add);
    return array;
  }

  private static <T> JsonArray array(Collection<T> values, Function<T, JsonObject> form) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(form.apply(value)));
    return array;
  }

  /** An object of one or more fields: a name, a value, a name, a value. */
  static JsonObject of(Object... namesAndValues) {
    JsonObject json = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = (String) namesAndValues[i];
      Object value = namesAndValues[i + 1];
      if (value instanceof Number number) {
        json.addProperty(name, number);
      } else if (value instanceof Boolean truth) {
        json.addProperty(name, truth);
      } else {
        json.addProperty(name, String.valueOf(value));
      }
    }
    return json;
  }
}
