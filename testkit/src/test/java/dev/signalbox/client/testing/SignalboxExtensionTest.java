package dev.signalbox.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(SignalboxExtension.class)
class SignalboxExtensionTest {
  private static final List<TestSignalbox> BOXES = new ArrayList<>();
  private TestSignalbox prepared;

  @BeforeEach
  void prepare(TestSignalbox box) {
    prepared = box;
    BOXES.add(box);
  }

  @RepeatedTest(2)
  void eachTest_hasABoxOfItsOwn(TestSignalbox box) throws Exception {
    assertThat(box).isSameAs(prepared);
    assertThat(box.find("test/db")).isEmpty();
    box.client().semaphores().create("test/db", SemaphoreSpec.max(1));
  }

  @Test
  void clientsThatAreParameters_areSeveral(SignalboxClient one, SignalboxClient other)
      throws Exception {
    one.semaphores().create("test/db", SemaphoreSpec.max(1)).acquire();
    assertThat(other.semaphores().open("test/db").tryAcquire()).isEmpty();
    assertThat(prepared.find("test/db").orElseThrow().holders()).hasSize(1);
    prepared.crash(one);
  }

  @AfterAll
  static void boxes_whenTheirTestsAreOver_areClosed() {
    assertThat(BOXES).hasSize(3).doesNotHaveDuplicates();
    for (TestSignalbox box : BOXES) {
      assertThatThrownBy(box::settle).isInstanceOf(IllegalStateException.class);
    }
  }
}
