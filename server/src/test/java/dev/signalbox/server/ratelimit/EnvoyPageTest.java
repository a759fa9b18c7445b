package dev.signalbox.server.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What docs/envoy.md shows is what it says it is. */
class EnvoyPageTest {
  private static final Path PAGE = Path.of("..", "docs", "envoy.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");

  @Test
  void rules_areRead() throws IOException {
    LimitRules rules = LimitsReader.read(blocks().get(0));
    assertThat(rules.domains()).containsOnlyKeys("edge", "inside");
    assertThat(rules.match("edge", LimitsReaderTest.entries("tenant", "acme"))).isNotNull();
  }

  @Test
  void proxysConfiguration_isOneByItsOwnMessages() throws IOException {
    Bootstrap bootstrap = bootstrap(blocks().get(1));
    assertThat(bootstrap.getStaticResources().getListenersCount()).isEqualTo(1);
    assertThat(
            bootstrap.getStaticResources().getClusters(1).getHealthChecks(0).getGrpcHealthCheck())
        .extracting(check -> check.getServiceName())
        .isEqualTo("envoy.service.ratelimit.v3.RateLimitService");
  }

  private static List<String> blocks() throws IOException {
    List<String> blocks =
        BLOCK.matcher(Files.readString(PAGE)).results().map(block -> block.group(1)).toList();
    assertThat(blocks).hasSize(2);
    return blocks;
  }

  private static Bootstrap bootstrap(String yaml) throws InvalidProtocolBufferException {
    Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
    JsonFormat.parser()
        .usingTypeRegistry(
            JsonFormat.TypeRegistry.newBuilder()
                .add(HttpConnectionManager.getDescriptor())
                .add(RateLimit.getDescriptor())
                .add(Router.getDescriptor())
                .add(HttpProtocolOptions.getDescriptor())
                .build())
        .merge(new Gson().toJson(tree), bootstrap);
    return bootstrap.build();
  }
}
